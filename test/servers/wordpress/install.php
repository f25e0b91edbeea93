<?php
// Installs WordPress into its empty database and prints a user name and an application password as JSON.
// Call: php install.php FOLDER-OF-WORDPRESS
$_SERVER['HTTP_HOST'] = parse_url(getenv('WORDPRESS_URL'), PHP_URL_HOST);
define('WP_INSTALLING', true);
require $argv[1] . '/wp-config.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

ob_start(); // the installer prints as it goes; only the JSON may reach stdout
$site = wp_install('Longrun test blog', 'longrun', 'longrun@example.org', true, '', bin2hex(random_bytes(16)));
update_option('permalink_structure', '/%postname%/'); // gives /wp-json/ beside ?rest_route=
[$password] = WP_Application_Passwords::create_new_application_password($site['user_id'], ['name' => 'longrun']);
ob_end_clean();
echo json_encode(['username' => 'longrun', 'applicationPassword' => $password]);
